// Package derivative writes and reads the names of derivatives: dL/dw, d²L/dw² and d²L/dw dv.
package derivative
