package siwe

import (
	"net/netip"
	"regexp"
	"strings"
)

// Of RFC 3986.
const (
	escaped   = `%[0-9A-Fa-f]{2}`
	plain     = `[A-Za-z0-9\-._~!$&'()*+,;=]|` + escaped // unreserved, sub-delims
	pchar     = `[:@]|` + plain
	userinfo  = `((` + plain + `|:)*@)?`
	rest      = `(\?(` + pchar + `|[/?])*)?(#(` + pchar + `|[/?])*)?$`
	segments  = `(/(` + pchar + `)*)*`
	uriScheme = `^[A-Za-z][A-Za-z0-9+.-]*:`
)

var (
	authorityForm = regexp.MustCompile(`^` + userinfo + `(\[([0-9A-Fa-f:.]+)\]|(` + plain + `)*)(:[0-9]*)?$`)
	networked     = regexp.MustCompile(uriScheme + `//([^/?#]*)` + segments + rest)
	rooted        = regexp.MustCompile(uriScheme + `/((` + pchar + `)+` + segments + `)?` + rest)
	rootless      = regexp.MustCompile(uriScheme + `((` + pchar + `)+` + segments + `)?` + rest)
)

// authority tells whether s is one; those of IPvFuture are not taken.
func authority(s string) bool {
	m := authorityForm.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	if literal := m[4]; literal != "" {
		ip, err := netip.ParseAddr(literal)
		return err == nil && ip.Is6()
	}
	return true
}

func uri(s string) bool {
	if m := networked.FindStringSubmatch(s); m != nil {
		return authority(m[1])
	}
	return !strings.Contains(s, "://") && (rooted.MatchString(s) || rootless.MatchString(s))
}
