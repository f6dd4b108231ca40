package early

import "os"

// Name is what a sandbox is called.
const Name = "candor-sandbox"

// Called says whether this process was called as a sandbox.
func Called() bool { return os.Args[0] == Name }

// Failed is why files could not be closed.
var Failed error

func init() {
	if Called() {
		Failed = closeFiles()
	}
}
