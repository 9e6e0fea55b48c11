/** Inspects the classes of {@code com.example.inspected}, as javac left them and woven by ajc. */
package io.zibrato.inspect;
