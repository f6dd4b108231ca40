package main

import "syscall/js"

func main() {
	js.Global().Set("candorVerify", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) != 1 || args[0].Type() != js.TypeString {
			return `{"valid":false,"checks":[],"error":"send one bundle as a string"}`
		}
		return verify([]byte(args[0].String()))
	}))
	js.Global().Set("candorOpens", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) != 2 || args[0].Type() != js.TypeString || args[1].Type() != js.TypeString {
			return `{"valid":false,"error":"send a document and a commitment as strings"}`
		}
		return opens(args[0].String(), args[1].String())
	}))
	select {} // the function lives as long as the page
}
