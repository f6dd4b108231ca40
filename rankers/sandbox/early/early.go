package early

import "os"

const (
	// Name is what a sandbox is called.
	Name = "candor-sandbox"
	// Door is what a process is called that starts a sandbox in namespaces and ends with it. To
	// be copied for namespaces costs a process time and its threads their pace, by its memory: a
	// node has much, a door hardly any.
	Door = "candor-sandbox-door"
	// Signalled is the exit status of a door whose sandbox a signal ended, less the signal.
	Signalled = 128
)

// Called says whether this process was called as a sandbox.
func Called() bool { return os.Args[0] == Name }

// Failed is why files could not be closed.
var Failed error

func init() {
	switch os.Args[0] {
	case Name:
		Failed = closeFiles()
	case Door:
		os.Exit(door())
	}
}
