// Package call lets a web page call functions of Go by name, with arguments and results in JSON.
package call
