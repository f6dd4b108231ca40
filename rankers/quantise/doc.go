// Package quantise turns a float perceptron into a model of the provable profile.
//
// What enters: the layers that package format read from an ONNX file, and calibration rows,
// the int8 features as the node makes them. What leaves: a zkcommit.Model that orders posts
// nearly as the float model does, and a Loss that says how nearly, measured on rows that
// were not used to fit it.
//
// A hidden unit may have a scale of its own, since Relu keeps scales: each is chosen so that
// the unit's largest activation is 127 and its weights fit into int8. Weights are not rounded
// each to its nearest integer but together, so that their sums come out right on the
// calibration rows (round.go); shifts are found by trying. Equal inputs give equal models:
// nothing is drawn by chance, and every product is rounded before it is added (float64(a * b)),
// since some processors would otherwise round once where others round twice.
package quantise
