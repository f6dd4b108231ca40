package postgres

// LockOf is the number of the lock on a schema.
var LockOf = number
