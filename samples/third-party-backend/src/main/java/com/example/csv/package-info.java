/** A worker that is none of Zibrato's: measurements into files of comma-separated values. */
package com.example.csv;
