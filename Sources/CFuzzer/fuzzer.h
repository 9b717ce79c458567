// What libFuzzer offers to a program that has a main of its own (it comes without a header).
#pragma once
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(
    int *_Nonnull argc, char *_Nonnull *_Nonnull *_Nonnull argv,
    int (*_Nonnull trial)(const uint8_t *_Nullable bytes, size_t count));
size_t LLVMFuzzerMutate(uint8_t *_Nonnull bytes, size_t count, size_t capacity);
