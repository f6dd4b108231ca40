package tables

// Unheard has the mirror forget what its last change came to, as when a database does not
// say whether it took it.
func (m *Mirror) Unheard() { m.behind = true }
