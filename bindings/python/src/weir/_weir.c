/* weir.h for Python: engines and streams as objects. What is nicer in Python is written there, in __init__.py.
 *
 * The lock of the interpreter is given up for every call into the library. Buffers of callers are not copied before, so they are
 * immutable ones: bytes, and the UTF-8 of str.
 */
#include "_weir.h"

/* One module in a process: interpreters beside the first one share its types. */
static PyObject *error_type;
PyTypeObject *engine_type;

PyObject *fail(weir_status status) {
  PyObject *arguments;
  if (status == WEIR_NO_MEMORY) return PyErr_NoMemory();
  arguments = Py_BuildValue("(is)", (int)status, weir_status_text(status));
  if (arguments != NULL) {
    PyErr_SetObject(error_type, arguments);
    Py_DECREF(arguments);
  }
  return NULL;
}

int view(PyObject *text, const char **bytes, Py_ssize_t *count) {
  if (PyBytes_Check(text)) {
    char *start;
    if (PyBytes_AsStringAndSize(text, &start, count) != 0) return -1;
    *bytes = start;
    return 0;
  }
  if (PyUnicode_Check(text)) {
    *bytes = PyUnicode_AsUTF8AndSize(text, count);
    return *bytes == NULL ? -1 : 0;
  }
  PyErr_Format(PyExc_TypeError, "a bytes or a str is wanted, not %R", (PyObject *)Py_TYPE(text));
  return -1;
}

PyObject *tuple_of(const weir_finding *finding) {
  return Py_BuildValue("(sKKKKKziiI)", finding->rule, (unsigned long long)finding->start, (unsigned long long)finding->end,
                       (unsigned long long)finding->line, (unsigned long long)finding->column,
                       (unsigned long long)finding->fingerprint, finding->via, (int)finding->check, (int)finding->confidence,
                       (unsigned)finding->prefix_bytes);
}

static PyModuleDef definition = {
  PyModuleDef_HEAD_INIT, "_weir", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

static int add(PyObject *module, const char *name, PyObject *object) {
  if (object == NULL) return -1;
  Py_INCREF(object);
  return PyModule_AddObject(module, name, object);
}

PyMODINIT_FUNC PyInit__weir(void) {
  PyObject *module = PyModule_Create(&definition), *stream_type = PyType_FromSpec(&stream_spec);
  error_type = PyErr_NewException("weir.Error", PyExc_RuntimeError, NULL);
  engine_type = (PyTypeObject *)PyType_FromSpec(&engine_spec);
  if (module == NULL || add(module, "Error", error_type) != 0 || add(module, "Engine", (PyObject *)engine_type) != 0 ||
      add(module, "Stream", stream_type) != 0 || PyModule_AddStringConstant(module, "version", weir_version()) != 0) {
    Py_XDECREF(module);
    return NULL;
  }
  return module;
}
