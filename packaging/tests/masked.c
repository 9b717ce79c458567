/* Masks a record with the libweir that is installed: masked TEXT */
#include <stdio.h>
#include <string.h>
#include <weir.h>

int main(int count, char **arguments) {
  char output[4096];
  size_t length;
  weir_engine *engine;
  if (count != 2 || weir_engine_open(&engine, NULL) != WEIR_OK) return 2;
  if (weir_record_redact(engine, arguments[1], strlen(arguments[1]), output, sizeof output, &length, NULL) != WEIR_OK) return 2;
  printf("%.*s\n", (int)length, output);
  weir_engine_free(engine);
  return 0;
}
