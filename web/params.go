package web

import (
	"encoding/hex"
	"strconv"
	"strings"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
)

// known refuses query parameters that nothing reads, so that a misspelt one is
// not silently ignored.
func known(c *fiber.Ctx, names ...string) error {
	var err error
	c.Context().QueryArgs().VisitAll(func(k, _ []byte) {
		for _, n := range names {
			if n == string(k) {
				return
			}
		}
		if len(names) == 0 {
			err = graph.Malformed("the parameter %.40q is unknown here: send none", k)
			return
		}
		err = graph.Malformed("the parameter %.40q is unknown here: send only %s", k, strings.Join(names, ", "))
	})
	return err
}

// tuned are the values of the ranker's parameters, sent as param.NAME.
const tuned = "param."

// values reads them, and gives their names as the query has them.
func values(c *fiber.Ctx) (out map[string]int32, names []string, err error) {
	c.Context().QueryArgs().VisitAll(func(k, v []byte) {
		name, ok := strings.CutPrefix(string(k), tuned)
		if !ok {
			return
		}
		n, bad := strconv.ParseInt(string(v), 10, 32)
		_, twice := out[name]
		switch {
		case bad != nil:
			err = graph.Malformed("the value %.20q of %.60q is no whole number: send one such as 16", v, k)
		case twice:
			err = graph.Malformed("the parameter %.60q is there twice: send it once", k)
		}
		if out == nil {
			out = map[string]int32{}
		}
		out[name] = int32(n)
		names = append(names, string(k))
	})
	return out, names, err
}

func limit(c *fiber.Ctx) (int, error) {
	s := c.Query("limit", "30")
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > graph.MaxLimit {
		return 0, graph.Malformed("the limit %.20q is out of range: send 1 to %d", s, graph.MaxLimit)
	}
	return n, nil
}

func address(s string) (graph.Address, error) {
	b, err := unhex(s, 20)
	if err != nil {
		return graph.Address{}, graph.Malformed("%.60q is not an address: send 0x and 40 hexadecimal digits", s)
	}
	return graph.Address(b), nil
}

func hash(s, what string) (graph.Hash, error) {
	b, err := unhex(s, 32)
	if err != nil {
		return graph.Hash{}, graph.Malformed("%.80q is not %s: send 0x and 64 hexadecimal digits", s, what)
	}
	return graph.Hash(b), nil
}

func unhex(s string, n int) ([]byte, error) {
	digits, ok := strings.CutPrefix(s, "0x")
	b, err := hex.DecodeString(digits)
	if err != nil || !ok || len(b) != n {
		return nil, graph.Malformed("not %d bytes of hexadecimal", n)
	}
	return b, nil
}

func number(s, what string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		return 0, graph.Malformed("the %s %.40q is not a number", what, s)
	}
	return n, nil
}
