// Package samples holds rows of features to train and to calibrate on, as CSV.
//
// What enters: rows of 64 int8 with what is known of each, or a CSV file. What leaves: the
// same the other way round. The first line names the columns: post, viewer, gain (empty
// where nothing became of the post yet), then the 64 features by their names in
// docs/features.md; reserved ones are reserved_N.
package samples
