package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// MaxBody is the most bytes of a request's body.
const MaxBody = 8 << 20

const (
	answerTime = 50 * time.Second // after which a request is given up, within WriteTimeout
	lastWords  = 5 * time.Second  // in which requests under way are answered when the server ends
)

// Feeds answers requests for feeds.
type Feeds interface {
	Feed(context.Context, graph.Request) (*graph.Page, error)
}

// Config is what the server shows. All fields are required.
type Config struct {
	Feeds     Feeds
	Mirror    Mirror
	History   History
	Runs      Runs
	Proofs    Proofs
	Tickets   Tickets
	Writes    Writes
	Catalogue func() Catalogue        // changes when a plugin's version does
	Withheld  func() []Withheld       // the operator's denylist, sorted by ID
	Snapshots func() []MirrorSnapshot // of the index, newest first
	Gateway   string                  // of IPFS: where the client may load pictures from, such as http://127.0.0.1:8081
	Chain     func(context.Context) (any, error)
	Proving   Proving
	Reveals   Reveals
	Plugins   Plugins
	Reports   Reports
	Towers    Towers
	Schema    func(graph.Hash) []Feature // of a feature schema; nil when this node does not compute it
	Custody   Custody
	Access    Access
	Beacon    http.Handler                // of the development beacon, at /beacon/; nil: it is elsewhere
	Final     Finality                    // nil: nothing is called final
	Ready     func(context.Context) error // nil when the index is at the head
	Log       http.Handler                // the transparency log's tiles, at /log/
	Metrics   *prometheus.Registry
	Logger    *slog.Logger
}

// Server is the HTTP server.
type Server struct {
	Config
	app *fiber.App
	// proving holds a token for each mirror proof that is being made.
	proving  chan struct{}
	sessions *sessions
	life     context.Context // ends what is still asked when the server has waited long enough
	end      context.CancelFunc
}

// New builds the server's routes.
func New(c Config) *Server {
	s := &Server{Config: c, proving: make(chan struct{}, atOnce), sessions: newSessions(time.Now)}
	s.life, s.end = context.WithCancel(context.Background())
	s.app = fiber.New(fiber.Config{
		AppName: "candor", DisableStartupMessage: true, CaseSensitive: true,
		Immutable: true, // otherwise its strings alias buffers that the next request reuses
		BodyLimit: MaxBody, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 60 * time.Second,
		ErrorHandler: s.fail,
	})
	requests := promauto.With(c.Metrics).NewHistogramVec(prometheus.HistogramOpts{Name: "candor_http_request_seconds",
		Help: "Time to answer a request, by route and status.", Buckets: []float64{.005, .02, .1, .5, 2, 10}}, []string{"route", "status"})
	s.app.Use(func(c *fiber.Ctx) error {
		began := time.Now()
		ctx, done := context.WithTimeout(s.life, answerTime)
		defer done()
		c.SetUserContext(ctx)
		err := c.Next()
		if err != nil {
			if err = s.fail(c, err); err != nil {
				return err
			}
		}
		requests.WithLabelValues(c.Route().Path, fmt.Sprint(c.Response().StatusCode())).Observe(time.Since(began).Seconds())
		return nil
	}, recover.New(recover.Config{EnableStackTrace: true, StackTraceHandler: func(_ *fiber.Ctx, e any) {
		s.Logger.Error("a request's handler panicked", "panic", e)
	}}))
	s.routes()
	return s
}

func (s *Server) routes() {
	s.app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	s.app.Get("/readyz", func(c *fiber.Ctx) error {
		if err := s.Ready(c.UserContext()); err != nil {
			return c.Status(http.StatusServiceUnavailable).SendString(err.Error() + "\n")
		}
		return c.SendString("ready\n")
	})
	s.app.Get("/metrics", adaptor.HTTPHandler(promhttp.HandlerFor(s.Metrics, promhttp.HandlerOpts{})))
	s.app.Get("/log/*", adaptor.HTTPHandler(http.StripPrefix("/log", s.Log)))

	if s.Beacon != nil {
		s.app.Get("/beacon/*", adaptor.HTTPHandler(http.StripPrefix("/beacon", s.Beacon)))
	}

	api := s.app.Group("/api/v1")
	api.Get("/feed", s.feed)
	api.Get("/rankers", s.rankers)
	api.Get("/filters", s.filters)
	api.Get("/plugins/:id", s.plugin)
	api.Get("/towers", s.towers)
	api.Get("/towers/:plugin/:version/vectors", s.vectors)
	api.Get("/audits", s.audits)
	api.Get("/schemas/:hash", s.schema)
	api.Get("/runs", s.runs)
	api.Get("/runs/:id", s.run)
	api.Get("/runs/:id/bundle", s.bundle)
	api.Post("/runs/:id/proof", s.askProof)
	api.Get("/tickets/:id", s.ticket)
	api.Get("/proving", s.provingStatus)
	api.Get("/posts/:id", s.post)
	api.Get("/posts/:id/similar", s.similar)
	api.Get("/search", s.search)
	api.Get("/profiles", s.profiles)
	api.Get("/profiles/:address", s.profile)
	api.Get("/requests/:address", s.requests)
	api.Get("/keys/:hash", s.key)
	api.Get("/registrations/:commitment", s.registration)
	api.Get("/reveals", s.reveals)
	api.Get("/reveals/:plugin/:version", s.reveal)
	api.Post("/custody", s.keep)
	api.Post("/custody/parts", s.keepPart)
	api.Post("/audits", s.keepReport)
	api.Get("/stats", s.stats)
	api.Get("/chain", s.chain)
	api.Get("/withheld", s.withheld)
	api.Get("/snapshots", s.snapshots)
	api.Get("/mirror/:block/:post", s.mirrorProof)
	api.Get("/contents", s.contents)
	api.Get("/nonces/:address", s.nonce)
	api.Post("/blocks", s.blocks)
	api.Post("/files", s.files)
	api.Post("/intents", s.intents)
	api.Get("/session", s.session)
	api.Post("/session", s.signIn)
	api.Delete("/session", s.signOut)
	api.Get("/openapi.json", func(c *fiber.Ctx) error { return c.Type("json").Send(openapi) })
	s.app.Use("/api", func(c *fiber.Ctx) error {
		return graph.NotFound("there is nothing at %s %.200s: GET /api/v1/openapi.json lists what there is", c.Method(), c.Path())
	})
	s.static()
}

// Serve answers on the listener until the context ends, and returns once the
// requests under way are answered: what they need may be closed then.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		_ = s.app.ShutdownWithTimeout(lastWords)
		s.end()
		_ = l.Close() // Shutdown leaves it open when serving has not begun yet
	})
	err := s.app.Listener(l)
	if stop() {
		return err
	}
	<-ended
	return nil
}

// Problem is RFC 9457's error document.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	// Of a run that was promised and came to nothing:
	Ticket json.RawMessage `json:"ticket,omitempty"`
	Reason string          `json:"reason,omitempty"`
}

// Refusal is an answer that refuses with a status of its own.
type Refusal struct {
	Status int
	Detail string
}

func (r *Refusal) Error() string { return r.Detail }

// fail writes an error for the asker; what is the node's own fault goes to the
// operator's log, and the asker learns only that it is not theirs.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	var asked *graph.ErrAsk
	var aborted *graph.ErrAborted
	var no *Refusal
	var fe *fiber.Error
	problem := Problem{Type: "about:blank"}
	status, detail := http.StatusInternalServerError, "the node could not answer: its operator finds the cause in its log"
	switch {
	case errors.As(err, &aborted):
		s.Logger.Error("a run was aborted", "path", c.Path(), "reason", aborted.Reason, "err", aborted.Cause)
		problem.Ticket, problem.Reason, status = aborted.Ticket, aborted.Reason, http.StatusServiceUnavailable
		detail = fmt.Sprintf("the run was aborted (%s), and the log will say so: ask again, or choose another ranker", aborted.Reason)
	case errors.As(err, &no):
		status, detail = no.Status, no.Detail
		if status == http.StatusUnauthorized {
			c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
		}
	case errors.As(err, &asked):
		status, detail = http.StatusBadRequest, asked.Detail
		switch {
		case asked.Missing:
			status = http.StatusNotFound
		case asked.Passing:
			status = http.StatusServiceUnavailable
		case asked.Retry > 0:
			status = http.StatusTooManyRequests
			c.Set(fiber.HeaderRetryAfter, fmt.Sprint(asked.Retry))
		}
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		status, detail = http.StatusServiceUnavailable, "the node is too busy to answer in time, or ends: ask again in a moment"
	case errors.As(err, &fe) && fe.Code < 500:
		status, detail = fe.Code, fe.Message
		switch fe.Code {
		case http.StatusRequestEntityTooLarge:
			detail = fmt.Sprintf("the body is too large: send at most %d bytes", MaxBody)
		case http.StatusRequestHeaderFieldsTooLarge:
			detail = "the request's address or a header is too long: send at most 4096 bytes of them"
		case http.StatusMethodNotAllowed:
			detail = fmt.Sprintf("%s cannot be sent to %.200s: GET /api/v1/openapi.json lists what can", c.Method(), c.Path())
		}
	default:
		s.Logger.Error("a request failed", "path", c.Path(), "err", err)
	}
	if !strings.HasPrefix(c.Path(), "/api") {
		return c.Status(status).SendString(detail + "\n")
	}
	problem.Title, problem.Status, problem.Detail = http.StatusText(status), status, detail
	b, err := json.Marshal(problem)
	if err != nil {
		return err
	}
	c.Status(status).Set(fiber.HeaderContentType, "application/problem+json")
	return c.Send(b)
}
