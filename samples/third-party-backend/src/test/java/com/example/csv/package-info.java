/** Tests of a worker that is none of Zibrato's. */
package com.example.csv;
