// Package healthchart draws a report of package nn/health as bars, layer by layer.
package healthchart
