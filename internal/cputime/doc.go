// Package cputime tells tests how long the processor has worked for them. Other programs on the machine make
// this no longer, whatever the clock says.
package cputime
