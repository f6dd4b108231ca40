package main

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// ends shows how tickets end.
type ends struct{ *node }

var (
	openTickets = measure("tickets_open", "Tickets without a run or an abort.")
	loggedRuns  = measure("runs_total", "Runs that tickets ended as, or that are older than tickets.")
	aborts      = measure("aborts_total", "Tickets that came to nothing.", "ranker", "reason")
)

// Describe implements prometheus.Collector.
func (e ends) Describe(c chan<- *prometheus.Desc) { prometheus.DescribeByCollect(e, c) }

// Collect implements prometheus.Collector.
func (e ends) Collect(c chan<- prometheus.Metric) {
	ctx, done := context.WithTimeout(context.Background(), 5*time.Second)
	defer done()
	open, err := e.ledger.OpenTickets(ctx, 0)
	runs, _, e1 := e.ledger.CountRuns(ctx)
	counts, e2 := e.ledger.CountAborts(ctx)
	if err = errors.Join(err, e1, e2); err != nil { // no figure is better than a wrong one
		e.log.Warn("the ledger does not count its tickets", "err", err)
		return
	}
	c <- prometheus.MustNewConstMetric(openTickets, prometheus.GaugeValue, float64(len(open)))
	c <- prometheus.MustNewConstMetric(loggedRuns, prometheus.CounterValue, float64(runs))
	for _, n := range counts {
		c <- prometheus.MustNewConstMetric(aborts, prometheus.CounterValue, float64(n.Count), n.Ranker, n.Reason.String())
	}
}
