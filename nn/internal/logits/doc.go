// Package logits notices outputs that are probabilities already, where a loss makes probabilities of them.
package logits
