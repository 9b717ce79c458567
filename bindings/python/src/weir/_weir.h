/* What the files of the module share. */
#ifndef WEIR_PYTHON_H
#define WEIR_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <weir.h>

typedef struct engine_object {
  PyObject_HEAD
  weir_engine *engine;
} engine_object;

extern PyType_Spec engine_spec, stream_spec;
extern PyTypeObject *engine_type;

/* Raises what a status means; always NULL. */
PyObject *fail(weir_status status);

/* The bytes of a bytes or a str; -1 with an exception for anything else. */
int view(PyObject *text, const char **bytes, Py_ssize_t *count);

/* As __init__.py makes a Finding of it. */
PyObject *tuple_of(const weir_finding *finding);

#endif
