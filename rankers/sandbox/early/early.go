package early

import "os"

const (
	// Name is what a sandbox is called.
	Name = "candor-sandbox"
	// Door is what a process is called that starts a sandbox, by the way and with the rank that it
	// is told, and ends with it. Between a node and its sandbox there is always one: whoever
	// starts namespaces is copied, which takes time and its threads their pace by its memory, and
	// a door has hardly any; and whoever starts a process that comes last waits for it.
	Door = "candor-sandbox-door"
	// Idle has a sandbox run only when a core has nothing else to do, Behind has it come after
	// others.
	Idle, Behind = "idle", "behind"
	// Signalled is the exit status of a door whose sandbox a signal ended, less the signal.
	Signalled = 128
)

// The ways to start a sandbox: as nobody in namespaces of its own; as nobody; as who the node is.
const (
	Spaces = "in namespaces"
	Other  = "as another user"
	Plain  = "as it is"
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
		if len(os.Args) != 3 {
			os.Exit(1)
		}
		os.Exit(door(os.Args[1], os.Args[2] == Idle))
	}
}
