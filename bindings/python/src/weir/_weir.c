/* weir.h for Python: engines and streams as objects. What is nicer in Python is written there, in __init__.py.
 *
 * The lock of the interpreter is given up for every call into the library. Buffers of callers are not copied before, so they are
 * immutable ones: bytes, and the UTF-8 of str.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>
#include <weir.h>

/* One module in a process: interpreters beside the first one share its types. */
static PyObject *error_type;
static PyTypeObject *engine_type;

typedef struct engine_object {
  PyObject_HEAD
  weir_engine *engine;
} engine_object;

typedef struct stream_object {
  PyObject_HEAD
  weir_stream *stream;
  PyObject *engine;
} stream_object;

static PyObject *fail(weir_status status) {
  PyObject *arguments;
  if (status == WEIR_NO_MEMORY) return PyErr_NoMemory();
  arguments = Py_BuildValue("(is)", (int)status, weir_status_text(status));
  if (arguments != NULL) {
    PyErr_SetObject(error_type, arguments);
    Py_DECREF(arguments);
  }
  return NULL;
}

/* The bytes of a bytes or a str; -1 with an exception for anything else. */
static int view(PyObject *text, const char **bytes, Py_ssize_t *count) {
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

/* What has the type of `like`, with these bytes. A mask is ASCII, so what was UTF-8 still is. */
static PyObject *same(PyObject *like, const char *bytes, size_t count) {
  if (PyBytes_Check(like)) return PyBytes_FromStringAndSize(bytes, (Py_ssize_t)count);
  return PyUnicode_DecodeUTF8(bytes, (Py_ssize_t)count, "strict");
}

/* --- Engines */

static int engine_init(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"packs", "rules", "without_rules", "min_confidence", "mask", "key", "most_memory_bytes", NULL};
  engine_object *object = (engine_object *)self;
  weir_engine_options options = WEIR_ENGINE_OPTIONS;
  Py_ssize_t key_bytes = 0;
  int confidence = WEIR_MEDIUM, mask = WEIR_MASK_RULE;
  const char *key = NULL;
  unsigned long long most_memory = 0;
  weir_status status;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|zzziiz#K", names, &options.packs, &options.rules,
                                   &options.without_rules, &confidence, &mask, &key, &key_bytes, &most_memory)) {
    return -1;
  }
  if (object->engine != NULL) {
    PyErr_SetString(PyExc_RuntimeError, "an engine is made once");
    return -1;
  }
  options.min_confidence = (weir_confidence)confidence;
  options.mask = (weir_mask)mask;
  options.key = key;
  options.key_bytes = (size_t)key_bytes;
  options.most_memory_bytes = (size_t)most_memory;
  status = weir_engine_open(&object->engine, &options);
  if (status == WEIR_OK) return 0;
  fail(status);
  return -1;
}

static void engine_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  weir_engine_free(((engine_object *)self)->engine);
  release(self);
  Py_DECREF(type);
}

enum { NEAR_BYTES = 4096 };

static PyObject *engine_redact(PyObject *self, PyObject *text) {
  weir_engine *engine = ((engine_object *)self)->engine;
  char near[NEAR_BYTES], *room = near;
  size_t capacity = sizeof near, output = 0;
  const char *bytes;
  Py_ssize_t count;
  weir_status status;
  PyObject *result;
  if (view(text, &bytes, &count) != 0) return NULL;
  for (;;) {
    Py_BEGIN_ALLOW_THREADS
    status = weir_record_redact(engine, bytes, (size_t)count, room, capacity, &output, NULL);
    Py_END_ALLOW_THREADS
    if (status != WEIR_TOO_SMALL) break;
    if (room != near) PyMem_Free(room);
    capacity = output;
    room = PyMem_Malloc(capacity);
    if (room == NULL) return PyErr_NoMemory();
  }
  if (status != WEIR_OK) {
    result = fail(status);
  } else if (output == (size_t)count && memcmp(room, bytes, output) == 0) {
    /* Most have nothing in them: the same object. */
    Py_INCREF(text);
    result = text;
  } else {
    result = same(text, room, output);
  }
  if (room != near) PyMem_Free(room);
  return result;
}

static PyObject *engine_redact_many(PyObject *self, PyObject *argument) {
  weir_engine *engine = ((engine_object *)self)->engine;
  /* A tuple of one's own: nobody takes anything out of it meanwhile. */
  PyObject *texts = PySequence_Tuple(argument), *result = NULL;
  Py_ssize_t count, index, sum = 0, next = 0;
  size_t capacity, done = 0, *ends = NULL;
  weir_slice *slices = NULL;
  char *room = NULL;
  if (texts == NULL) return NULL;
  count = PyTuple_Size(texts);
  slices = PyMem_Malloc(((size_t)count + 1) * sizeof *slices);
  ends = PyMem_Malloc(((size_t)count + 1) * sizeof *ends);
  if (slices == NULL || ends == NULL) {
    PyErr_NoMemory();
    goto over;
  }
  for (index = 0; index < count; index++) {
    const char *bytes;
    Py_ssize_t byte_count;
    if (view(PyTuple_GetItem(texts, index), &bytes, &byte_count) != 0) goto over;
    slices[index].bytes = bytes;
    slices[index].byte_count = (size_t)byte_count;
    sum += byte_count;
  }
  capacity = (size_t)sum + (size_t)sum / 4 + NEAR_BYTES;
  room = PyMem_Malloc(capacity);
  if (room == NULL) {
    PyErr_NoMemory();
    goto over;
  }
  result = PyList_New(count);
  while (result != NULL && next < count) {
    weir_status status;
    size_t start = 0, one;
    Py_BEGIN_ALLOW_THREADS
    status = weir_records_redact(engine, slices + next, (size_t)(count - next), room, capacity, ends, &done, NULL);
    Py_END_ALLOW_THREADS
    if (status != WEIR_OK && status != WEIR_TOO_SMALL) {
      fail(status);
      Py_CLEAR(result);
      break;
    }
    for (one = 0; one < done; one++) {
      PyObject *text = PyTuple_GetItem(texts, next + (Py_ssize_t)one), *masked;
      size_t byte_count = ends[one] - start;
      if (byte_count == slices[next + (Py_ssize_t)one].byte_count &&
          memcmp(room + start, slices[next + (Py_ssize_t)one].bytes, byte_count) == 0) {
        Py_INCREF(text);
        masked = text;
      } else {
        masked = same(text, room + start, byte_count);
      }
      if (masked == NULL || PyList_SetItem(result, next + (Py_ssize_t)one, masked) != 0) {
        Py_CLEAR(result);
        break;
      }
      start = ends[one];
    }
    if (result == NULL) break;
    next += (Py_ssize_t)done;
    if (done == 0) {
      char *larger = PyMem_Realloc(room, capacity * 2);
      if (larger == NULL) {
        PyErr_NoMemory();
        Py_CLEAR(result);
        break;
      }
      room = larger;
      capacity *= 2;
    }
  }
over:
  PyMem_Free(room);
  PyMem_Free(slices);
  PyMem_Free(ends);
  Py_DECREF(texts);
  return result;
}

static PyObject *tuple_of(const weir_finding *finding) {
  return Py_BuildValue("(sKKKKKziiI)", finding->rule, (unsigned long long)finding->start, (unsigned long long)finding->end,
                       (unsigned long long)finding->line, (unsigned long long)finding->column,
                       (unsigned long long)finding->fingerprint, finding->via, (int)finding->check, (int)finding->confidence,
                       (unsigned)finding->prefix_bytes);
}

static PyObject *engine_scan(PyObject *self, PyObject *text) {
  weir_engine *engine = ((engine_object *)self)->engine;
  weir_finding near[16], *findings = near;
  size_t capacity = 16, found = 0, index;
  const char *bytes;
  Py_ssize_t count;
  weir_status status;
  PyObject *result = NULL;
  if (view(text, &bytes, &count) != 0) return NULL;
  for (;;) {
    Py_BEGIN_ALLOW_THREADS
    status = weir_record_scan(engine, bytes, (size_t)count, findings, sizeof *findings, capacity, &found);
    Py_END_ALLOW_THREADS
    if (status != WEIR_TOO_SMALL) break;
    if (findings != near) PyMem_Free(findings);
    capacity = found;
    findings = PyMem_Malloc(capacity * sizeof *findings);
    if (findings == NULL) return PyErr_NoMemory();
  }
  if (status != WEIR_OK) {
    fail(status);
  } else {
    result = PyList_New((Py_ssize_t)found);
    for (index = 0; result != NULL && index < found; index++) {
      PyObject *one = tuple_of(&findings[index]);
      if (one == NULL || PyList_SetItem(result, (Py_ssize_t)index, one) != 0) Py_CLEAR(result);
    }
  }
  if (findings != near) PyMem_Free(findings);
  return result;
}

static PyMethodDef engine_methods[] = {
  {"redact", engine_redact, METH_O, "The text with masks for its secrets: bytes for bytes, str for str."},
  {"redact_many", engine_redact_many, METH_O, "A list of texts, each masked as an input of its own."},
  {"_scan", engine_scan, METH_O, NULL},
  {NULL, NULL, 0, NULL},
};

static PyType_Slot engine_slots[] = {
  {Py_tp_init, engine_init},
  {Py_tp_dealloc, engine_dealloc},
  {Py_tp_methods, engine_methods},
  {0, NULL},
};

static PyType_Spec engine_spec = {
  "weir._weir.Engine", sizeof(engine_object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, engine_slots,
};

/* --- Streams */

static int stream_init(PyObject *self, PyObject *arguments, PyObject *keywords) {
  stream_object *object = (stream_object *)self;
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  PyObject *engine;
  weir_status status;
  (void)keywords;
  if (!PyArg_ParseTuple(arguments, "O!", engine_type, &engine)) return -1;
  if (object->stream != NULL) {
    PyErr_SetString(PyExc_RuntimeError, "a stream is opened once");
    return -1;
  }
  options.pulls_findings = 1;
  options.most_waiting_bytes = (size_t)-1;
  status = weir_stream_open(((engine_object *)engine)->engine, &options, &object->stream);
  if (status != WEIR_OK) {
    fail(status);
    return -1;
  }
  Py_INCREF(engine);
  object->engine = engine;
  return 0;
}

static void stream_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
  weir_stream_free(((stream_object *)self)->stream);
  Py_XDECREF(((stream_object *)self)->engine);
  release(self);
  Py_DECREF(type);
}

/* All output that waits. */
static PyObject *waiting(PyObject *self) {
  weir_stream *stream = ((stream_object *)self)->stream;
  weir_receipt receipt;
  weir_status status;
  PyObject *result;
  size_t count;
  receipt.size = sizeof receipt;
  status = weir_stream_receipt(stream, &receipt);
  if (status != WEIR_OK) return fail(status);
  result = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)receipt.waiting_bytes);
  if (result == NULL) return NULL;
  status = weir_stream_read(stream, PyBytes_AsString(result), (size_t)receipt.waiting_bytes, &count);
  if (status == WEIR_OK && count == receipt.waiting_bytes) return result;
  Py_DECREF(result);
  return fail(status == WEIR_OK ? WEIR_BUSY : status);
}

static PyObject *stream_write(PyObject *self, PyObject *text) {
  weir_stream *stream = ((stream_object *)self)->stream;
  const char *bytes;
  Py_ssize_t count;
  weir_status status;
  if (view(text, &bytes, &count) != 0) return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = weir_stream_write(stream, bytes, (size_t)count, NULL);
  Py_END_ALLOW_THREADS
  return status == WEIR_OK ? waiting(self) : fail(status);
}

static PyObject *stream_finish(PyObject *self, PyObject *unused) {
  weir_stream *stream = ((stream_object *)self)->stream;
  weir_status status;
  (void)unused;
  Py_BEGIN_ALLOW_THREADS
  status = weir_stream_finish(stream);
  Py_END_ALLOW_THREADS
  return status == WEIR_OK ? waiting(self) : fail(status);
}

static PyObject *stream_abort(PyObject *self, PyObject *unused) {
  weir_status status = weir_stream_abort(((stream_object *)self)->stream);
  (void)unused;
  return status == WEIR_OK ? waiting(self) : fail(status);
}

static PyObject *stream_findings(PyObject *self, PyObject *unused) {
  PyObject *result = PyList_New(0);
  (void)unused;
  while (result != NULL) {
    weir_finding finding;
    uint32_t has_finding;
    weir_status status;
    PyObject *one;
    finding.size = sizeof finding;
    status = weir_stream_finding(((stream_object *)self)->stream, &finding, &has_finding);
    if (status != WEIR_OK) {
      Py_DECREF(result);
      return fail(status);
    }
    if (!has_finding) break;
    one = tuple_of(&finding);
    if (one == NULL || PyList_Append(result, one) != 0) Py_CLEAR(result);
    Py_XDECREF(one);
  }
  return result;
}

static PyObject *stream_receipt(PyObject *self, PyObject *unused) {
  weir_receipt receipt;
  weir_status status;
  (void)unused;
  receipt.size = sizeof receipt;
  status = weir_stream_receipt(((stream_object *)self)->stream, &receipt);
  if (status != WEIR_OK) return fail(status);
  return Py_BuildValue("{sKsKsKsKsKsKsKsK}", "taken", (unsigned long long)receipt.taken_bytes, "scanned",
                       (unsigned long long)receipt.scanned_bytes, "clean", (unsigned long long)receipt.clean_bytes, "masked",
                       (unsigned long long)receipt.masked_bytes, "withheld", (unsigned long long)receipt.withheld_bytes,
                       "mask_text", (unsigned long long)receipt.mask_text_bytes, "delivered",
                       (unsigned long long)receipt.delivered_bytes, "findings", (unsigned long long)receipt.finding_count);
}

static PyMethodDef stream_methods[] = {
  {"write", stream_write, METH_O, "Takes the next bytes; gives those that are decided."},
  {"finish", stream_finish, METH_NOARGS, "The input ends here; gives the rest."},
  {"abort", stream_abort, METH_NOARGS, "The input ends here; what is undecided is withheld."},
  {"receipt", stream_receipt, METH_NOARGS, "The sums that prove that every byte was looked at."},
  {"_findings", stream_findings, METH_NOARGS, NULL},
  {NULL, NULL, 0, NULL},
};

static PyType_Slot stream_slots[] = {
  {Py_tp_init, stream_init},
  {Py_tp_dealloc, stream_dealloc},
  {Py_tp_methods, stream_methods},
  {0, NULL},
};

static PyType_Spec stream_spec = {
  "weir._weir.Stream", sizeof(stream_object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, stream_slots,
};

/* --- The module */

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
