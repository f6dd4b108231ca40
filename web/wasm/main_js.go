package main

import "syscall/js"

func main() {
	js.Global().Set("candorVerify", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) != 1 || args[0].Type() != js.TypeString {
			return `{"valid":false,"checks":[],"error":"send one bundle as a string"}`
		}
		return verify([]byte(args[0].String()))
	}))
	select {} // the function lives as long as the page
}
