package torture

import (
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// recorder stands between SQLite and the operating system's files and notes into
// one disk what it sees; it does all that it is asked to do.
var recorder struct {
	mu      sync.Mutex
	disk    *disk // nil: nothing is noted
	vfs     *sqlite3.Tsqlite3_vfs
	system  *sqlite3.Tsqlite3_vfs
	openDir uintptr
	files   map[uintptr]*handle
	methods map[*sqlite3.Tsqlite3_io_methods]*sqlite3.Tsqlite3_io_methods
}

// handle is an open file of SQLite.
type handle struct {
	disk *disk
	name string
	real *sqlite3.Tsqlite3_io_methods
}

// at reads a C pointer as a Go one. What it points to is C's memory or a global.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// pointer is what SQLite, as translated to Go, calls f by. f is a function's name.
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// function is the reverse.
func function[F any](p uintptr) F {
	return *(*F)(unsafe.Pointer(&struct{ p uintptr }{p}))
}

type (
	openFunc   = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32
	deleteFunc = func(tls *libc.TLS, vfs, name uintptr, sync int32) int32
	closeFunc  = func(tls *libc.TLS, file uintptr) int32
	writeFunc  = func(tls *libc.TLS, file, data uintptr, n int32, at int64) int32
	sizeFunc   = func(tls *libc.TLS, file uintptr, size int64) int32
	syncFunc   = func(tls *libc.TLS, file uintptr, flags int32) int32
	dirFunc    = func(tls *libc.TLS, name, fd uintptr) int32
	getCall    = func(tls *libc.TLS, vfs, name uintptr) uintptr
	setCall    = func(tls *libc.TLS, vfs, name, call uintptr) int32
)

// install makes the recorder SQLite's file system for this process.
var install = sync.OnceValue(func() error {
	tls := libc.NewTLS() // for the process's life
	system := sqlite3.Xsqlite3_vfs_find(tls, 0)
	if system == 0 {
		return errors.New("SQLite has no file system")
	}
	r := &recorder
	r.system = at[sqlite3.Tsqlite3_vfs](system)
	r.files, r.methods = map[uintptr]*handle{}, map[*sqlite3.Tsqlite3_io_methods]*sqlite3.Tsqlite3_io_methods{}
	own := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(*r.system)))
	name, err := libc.CString("recorder")
	if err != nil || own == 0 {
		return errors.New("no memory for a file system")
	}
	r.vfs = at[sqlite3.Tsqlite3_vfs](own)
	*r.vfs = *r.system
	r.vfs.FpNext, r.vfs.FzName = 0, name
	r.vfs.FxOpen, r.vfs.FxDelete = pointer(recordOpen), pointer(recordDelete)
	call, err := libc.CString("openDirectory")
	if err != nil {
		return err
	}
	r.openDir = function[getCall](r.system.FxGetSystemCall)(tls, system, call)
	if r.openDir == 0 {
		return errors.New("SQLite does not say how it opens directories")
	}
	if rc := function[setCall](r.system.FxSetSystemCall)(tls, system, call, pointer(recordDirectory)); rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("SQLite's way to open directories stays: %d", rc)
	}
	if rc := sqlite3.Xsqlite3_vfs_register(tls, own, 1); rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("the recording file system is not taken: %d", rc)
	}
	return nil
})

// record notes into the disk from now on, until it is called with nil.
func record(d *disk) error {
	err := install()
	recorder.mu.Lock()
	defer recorder.mu.Unlock()
	recorder.disk = d
	return err
}

func (d *disk) add(o op) {
	recorder.mu.Lock()
	defer recorder.mu.Unlock()
	if recorder.disk == d {
		d.ops = append(d.ops, o)
	}
}

// recorded is the disk under way, when the file is on it.
func recorded(path uintptr) (d *disk, name string, ok bool) {
	recorder.mu.Lock()
	defer recorder.mu.Unlock()
	if d = recorder.disk; d == nil || path == 0 {
		return nil, "", false
	}
	name, ok = d.name(libc.GoString(path))
	return d, name, ok
}

func recordOpen(tls *libc.TLS, _, path, file uintptr, flags int32, out uintptr) int32 {
	r := &recorder
	rc := function[openFunc](r.system.FxOpen)(tls, uintptr(unsafe.Pointer(r.system)), path, file, flags, out)
	d, name, ok := recorded(path)
	f := at[sqlite3.Tsqlite3_file](file)
	if rc != sqlite3.SQLITE_OK || !ok || f.FpMethods == 0 {
		return rc
	}
	// A file that was there before has no bytes yet: the store makes it empty.
	d.add(op{kind: created, file: name})
	r.mu.Lock()
	defer r.mu.Unlock()
	real := at[sqlite3.Tsqlite3_io_methods](f.FpMethods)
	own := r.methods[real]
	if own == nil {
		own = at[sqlite3.Tsqlite3_io_methods](libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(*real))))
		*own = *real
		own.FxClose, own.FxWrite = pointer(recordClose), pointer(recordWrite)
		own.FxTruncate, own.FxSync = pointer(recordTruncate), pointer(recordSync)
		r.methods[real] = own
	}
	r.files[file] = &handle{d, name, real}
	f.FpMethods = uintptr(unsafe.Pointer(own))
	return rc
}

func recordDelete(tls *libc.TLS, _, path uintptr, sync int32) int32 {
	r := &recorder
	d, name, ok := recorded(path)
	if ok { // noted before, since the directory is synced within
		d.add(op{kind: deleted, file: name})
	}
	return function[deleteFunc](r.system.FxDelete)(tls, uintptr(unsafe.Pointer(r.system)), path, sync)
}

// recordDirectory sees SQLite open a directory, which it does to sync it.
func recordDirectory(tls *libc.TLS, path, fd uintptr) int32 {
	if d, _, ok := recorded(path); ok {
		d.add(op{kind: dirSynced})
	}
	return function[dirFunc](recorder.openDir)(tls, path, fd)
}

func opened(file uintptr) *handle {
	recorder.mu.Lock()
	defer recorder.mu.Unlock()
	return recorder.files[file]
}

func recordClose(tls *libc.TLS, file uintptr) int32 {
	recorder.mu.Lock()
	h := recorder.files[file]
	delete(recorder.files, file)
	recorder.mu.Unlock()
	return function[closeFunc](h.real.FxClose)(tls, file)
}

func recordWrite(tls *libc.TLS, file, data uintptr, n int32, offset int64) int32 {
	h := opened(file)
	h.disk.add(op{kind: written, file: h.name, at: offset, data: append([]byte(nil), unsafe.Slice(at[byte](data), n)...)})
	return function[writeFunc](h.real.FxWrite)(tls, file, data, n, offset)
}

func recordTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	h := opened(file)
	h.disk.add(op{kind: truncated, file: h.name, at: size})
	return function[sizeFunc](h.real.FxTruncate)(tls, file, size)
}

func recordSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	h := opened(file)
	rc := function[syncFunc](h.real.FxSync)(tls, file, flags)
	if rc == sqlite3.SQLITE_OK {
		h.disk.add(op{kind: synced, file: h.name})
	}
	return rc
}
