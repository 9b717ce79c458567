/* The rules, and what is done with whole texts. */
#include "_weir.h"

#include <string.h>

/* What has the type of `like`, with these bytes. A mask is ASCII, so what was UTF-8 still is. */
static PyObject *same(PyObject *like, const char *bytes, size_t count) {
  if (PyBytes_Check(like)) return PyBytes_FromStringAndSize(bytes, (Py_ssize_t)count);
  return PyUnicode_DecodeUTF8(bytes, (Py_ssize_t)count, "strict");
}

static int engine_init(PyObject *self, PyObject *arguments, PyObject *keywords) {
  static char *names[] = {"packs", "rules", "without_rules", "min_confidence", "mask", "key", "most_memory_bytes",
                          "catalogue", NULL};
  engine_object *object = (engine_object *)self;
  weir_engine_options options = WEIR_ENGINE_OPTIONS;
  Py_ssize_t key_bytes = 0, catalogue_bytes = 0;
  int confidence = WEIR_MEDIUM, mask = WEIR_MASK_RULE;
  const char *key = NULL, *catalogue = NULL;
  unsigned long long most_memory = 0;
  weir_status status;
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|zzziiz#Kz#", names, &options.packs, &options.rules,
                                   &options.without_rules, &confidence, &mask, &key, &key_bytes, &most_memory, &catalogue,
                                   &catalogue_bytes)) {
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
  options.catalogue = catalogue;
  options.catalogue_bytes = (size_t)catalogue_bytes;
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

PyType_Spec engine_spec = {
  "weir._weir.Engine", sizeof(engine_object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, engine_slots,
};
