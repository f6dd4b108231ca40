// Package embed turns text into a graph.Embedding with integers alone.
//
// What enters: the text of a post, any bytes. What leaves: 384 int8 whose
// Euclidean norm is about 127 (between 110 and 140), or all zero when the text
// has no word; the same on every machine and with every Go version, since the
// letters and their folding are tables of this package (Unicode 15.0.0) and
// neither Go's Unicode tables nor those of golang.org/x/text are read.
//
// The way: fold case, accents and compatibility forms; cut into words (scripts
// without spaces into single runes and pairs); hash each word, and the runs of
// three and four runes inside longer ones, into dimensions with signs; weigh a
// feature by its class and by the square root of its count; bring the sum to
// norm 127. Texts that share words, stems or misspelt words come near each
// other. It knows no synonyms: that is the price of a function that anyone can
// rebuild bit for bit.
//
// The package is pure: no I/O, no clock, no floats.
package embed
