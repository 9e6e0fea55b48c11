/** Classes to inspect, in a package that is not ours. They are never run. */
package com.example.inspected;
