package e2e

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// compose is what the tests read of docker-compose.yml; a key that it has not is refused.
type compose struct {
	Template struct {
		Build struct {
			Context    string
			Dockerfile string `yaml:"dockerfile_inline"`
		}
		Ports   []string
		Restart string
	} `yaml:"x-candor"`
	Services map[string]struct {
		Build       map[string]string
		Image       string
		Command     []string
		Profiles    []string
		Ports       []string
		Volumes     []string
		Restart     string
		Environment map[string]string
		DependsOn   map[string]map[string]string `yaml:"depends_on"`
		Healthcheck map[string]any
	}
	Volumes map[string]any
}

// TestComposeFitsTheBinary holds docker-compose.yml to the binary that it starts:
// commands and flags that exist, volumes and services that are declared, names in the
// environment that the binary reads. Whether an engine takes it, no test sees.
func TestComposeFitsTheBinary(t *testing.T) {
	f := must[*os.File](t)(os.Open("../docker-compose.yml"))
	defer f.Close()
	d := yaml.NewDecoder(f)
	d.KnownFields(true)
	var c compose
	if err := d.Decode(&c); err != nil {
		t.Fatal(err)
	}
	ours := 0
	for name, s := range c.Services {
		if s.Image != "" {
			if !regexp.MustCompile(`:v?\d+\.\d+`).MatchString(s.Image) {
				t.Errorf("%s: the image %s has no exact version", name, s.Image)
			}
		} else {
			ours++
			fits(t, name, s.Command, s.Environment)
			if s.Build["context"] != "." || !slices.Equal(s.Ports, []string{"127.0.0.1:8080:8080"}) {
				t.Errorf("%s: built in %q, ports %v", name, s.Build["context"], s.Ports)
			}
		}
		for _, v := range s.Volumes {
			if from, _, _ := strings.Cut(v, ":"); !has(c.Volumes, from) {
				t.Errorf("%s: the volume %s is not declared", name, from)
			}
		}
		for other := range s.DependsOn {
			if !has(c.Services, other) {
				t.Errorf("%s: depends on %s, which there is none of", name, other)
			}
		}
	}
	if ours < 2 {
		t.Fatalf("%d services run candor: the file was not read", ours)
	}
}

// fits checks a command line of the image, whose entry point is the binary.
func fits(t *testing.T, name string, command []string, environment map[string]string) {
	t.Helper()
	if len(command) == 0 {
		t.Errorf("%s: no command", name)
		return
	}
	help, why, code := run(t, command[0], "--help")
	if code != 0 || !strings.Contains(help, "candor "+command[0]) {
		t.Errorf("%s: candor %s is no command: %s", name, command[0], why)
		return
	}
	flags := map[string]bool{} // by name: whether a value follows
	for _, m := range regexp.MustCompile(`(?m)^\s+(?:-\w, )?--([a-z-]+)( [a-zA-Z]+)?\s{2,}`).FindAllStringSubmatch(help, -1) {
		flags[m[1]] = m[2] != ""
	}
	for i := 1; i < len(command); i++ {
		flag, isFlag := strings.CutPrefix(command[i], "--")
		flag, _, joined := strings.Cut(flag, "=")
		value, known := flags[flag]
		switch {
		case !isFlag || !known:
			t.Errorf("%s: candor %s has no %s", name, command[0], command[i])
		case value && !joined:
			if i++; i == len(command) || strings.HasPrefix(command[i], "--") {
				t.Errorf("%s: --%s needs a value", name, flag)
			}
		}
	}
	// A container that listens on its own loopback answers nobody.
	if i := slices.Index(command, "--listen"); i < 0 || command[i+1] != "0.0.0.0:8080" {
		t.Errorf("%s: it listens on none of the ports that are published: %v", name, command)
	}
	for variable := range environment {
		if !strings.Contains(help, variable) {
			t.Errorf("%s: candor %s says nothing of %s", name, command[0], variable)
		}
	}
}

func has[V any](m map[string]V, key string) bool { _, ok := m[key]; return ok }
