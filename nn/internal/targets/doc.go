// Package targets says which targets each loss of package nn allows.
package targets
