// Package raster makes PNG files of the pictures of graphs that package show draws as SVG.
package raster
