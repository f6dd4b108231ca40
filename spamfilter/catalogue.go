package spamfilter

// Catalogue lists the filters that ship.
func Catalogue() []Filter { return []Filter{Flood{}, Burst{}} }
