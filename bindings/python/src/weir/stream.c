/* One input in pieces. */
#include "_weir.h"

typedef struct stream_object {
  PyObject_HEAD
  weir_stream *stream;
  PyObject *engine;
} stream_object;

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

PyType_Spec stream_spec = {
  "weir._weir.Stream", sizeof(stream_object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, stream_slots,
};
