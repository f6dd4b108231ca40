package planted

// storeBugs are those of the mirror and of the vectors beside it.
var storeBugs = []bug{}
