"""The part of the build that pyproject.toml cannot say: one module in C, beside the library. WEIR_LIBRARY is the folder `make library` fills."""

import os
import pathlib
import shutil

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # of older setuptools
    from wheel.bdist_wheel import bdist_wheel

LIBRARY = pathlib.Path(os.environ.get("WEIR_LIBRARY", "../../.build/library")).resolve()
PACKAGE = pathlib.Path(__file__).parent / "src" / "weir"

if not (LIBRARY / "lib" / "libweir.so").exists():
    raise SystemExit(f"no libweir in {LIBRARY}: run `make library`, or set WEIR_LIBRARY to where it is installed")
(shared,) = (LIBRARY / "lib").glob("libweir.so.*")
shutil.copy2(shared, PACKAGE / shared.name)


class Build(build_ext):
    """Where the Python that builds has its libraries is nothing that others should look into."""

    def build_extensions(self):
        self.compiler.linker_so = [word for word in self.compiler.linker_so if not word.startswith("-Wl,-rpath")]
        super().build_extensions()


class Wheel(bdist_wheel):
    """One wheel serves all versions of Python from 3.10 on: the module keeps to the stable interface."""

    def finalize_options(self):
        super().finalize_options()
        self.py_limited_api = "cp310"


setup(
    cmdclass={"bdist_wheel": Wheel, "build_ext": Build},
    ext_modules=[
        Extension(
            "weir._weir",
            ["src/weir/_weir.c", "src/weir/engine.c", "src/weir/stream.c"],
            depends=["src/weir/_weir.h"],
            include_dirs=[str(LIBRARY / "include")],
            library_dirs=[str(LIBRARY / "lib")],
            libraries=["weir"],
            extra_compile_args=["-std=c99", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror"],
            extra_link_args=["-Wl,-rpath,$ORIGIN"],
            define_macros=[("Py_LIMITED_API", "0x030A0000")],
            py_limited_api=True,
        )
    ],
)
