package weir_test

import (
	"fmt"
	"weir"
)

func Example() {
	engine, err := weir.NewEngine(weir.Options{})
	if err != nil {
		panic(err)
	}
	masked, _ := engine.Redact([]byte("postgres://app:" + "s3cr3t-Zq7" + "@db/prod"))
	fmt.Println(string(masked))
	// Output: postgres://app:WEIR_REDACTED_url.password@db/prod
}
