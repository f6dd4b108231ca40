package pinned

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"time"
)

// lasts is what a certificate says of its end, for clients that look at it.
const lasts = 30 * 365 * 24 * time.Hour

// New makes a key and a certificate that it signs itself, both as PEM in one file.
func New(name string, now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	c := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(lasts),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = errors.Join(pem.Encode(&out, &pem.Block{Type: "PRIVATE KEY", Bytes: secret}), pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return out.Bytes(), err
}

// Read reads such a file's bytes.
func Read(file []byte) (tls.Certificate, error) { return tls.X509KeyPair(file, file) }

// Server is the configuration of a server with the certificate.
func Server(c tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS13}
}

// Pin is what clients know a certificate by: the SHA-256 of its bytes.
func Pin(c tls.Certificate) string { return pinOf(c.Certificate[0]) }

func pinOf(der []byte) string {
	h := sha256.Sum256(der)
	return hex.EncodeToString(h[:])
}

// query is the name of the pin in a URL.
const query = "pin"

// URL names the server at the host, to be known by the pin; without one it is not encrypted.
func URL(host, pin string) *url.URL {
	if pin == "" {
		return &url.URL{Scheme: "nats", Host: host}
	}
	return &url.URL{Scheme: "tls", Host: host, RawQuery: url.Values{query: {pin}}.Encode()}
}

// ErrOther is what a client says of a server with another certificate.
var ErrOther = errors.New("the server shows another certificate than the pinned one: somebody is between, or the server has a new key; have its address written anew")

// Client takes the pin out of a server's URL. The configuration is nil when there is none.
func Client(u *url.URL) (*tls.Config, error) {
	all, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, err
	}
	u.RawQuery = ""
	if len(all) == 0 {
		return nil, nil
	}
	pin := all.Get(query)
	if b, err := hex.DecodeString(pin); err != nil || len(b) != sha256.Size || len(all) != 1 || len(all[query]) != 1 || u.Scheme != "tls" {
		return nil, fmt.Errorf("an address with a pin is tls://HOST:PORT?%s= and 64 hexadecimal digits", query)
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS13,
		// What an authority would say of names and dates, the pin says instead.
		InsecureSkipVerify: true,
		VerifyConnection: func(s tls.ConnectionState) error {
			if len(s.PeerCertificates) == 0 || pinOf(s.PeerCertificates[0].Raw) != pin {
				return ErrOther
			}
			return nil
		},
	}, nil
}
