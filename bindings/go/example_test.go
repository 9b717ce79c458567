package weir_test

import (
	"context"
	"errors"
	"fmt"
	"os"
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

func ExampleEngine_NewHandler() {
	engine, err := weir.NewEngine(weir.Options{})
	if err != nil {
		panic(err)
	}
	logs := engine.NewHandler(weir.NewTextHandler(os.Stdout)).WithGroup("db")
	logs.Handle(context.Background(), weir.Record{
		Level:   weir.LevelError,
		Message: "no answer",
		Attrs: []weir.Attr{
			{Key: "user", Value: "app"},
			{Key: "password", Value: "kV9x" + "Q2mT7pLw"},
			{Key: "error", Value: errors.New("dial postgres://app:" + "s3cr3t-Zq7" + "@db/prod")},
		},
	})
	// Output: level=ERROR msg="no answer" db.user=app db.password=WEIR_REDACTED_generic.password db.error="dial postgres://app:WEIR_REDACTED_url.password@db/prod"
}
