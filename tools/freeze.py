#!/usr/bin/env python3
"""Write compiled modules (.mpy) as C: the frozen standard library.

Upstream's mpy-tool.py does most of it. But its bytecode names interned strings by an index into a table of the module,
and ours by their number, so that the interpreter has one kind of bytecode and no table to go through. The compiler that
is built for freezing adds BIAS to every index, which makes each take three bytes; here the three bytes of the string's
own number go in their place, as constant expressions for the C compiler.
"""

import argparse
import importlib.util
import pathlib
import sys

BIAS = 1 << 14  # as in tools/freeze_qstr.c

HEADER = "#define Q3(q) 0x80 | (q) >> 14, 0x80 | ((q) >> 7 & 0x7f), (q) & 0x7f"


class Table(list):
    """The strings of a module, by biased index; the first, its file name, also by 0."""

    def __getitem__(self, i):
        return super().__getitem__(i - BIAS if isinstance(i, int) and i >= BIAS else i)


def load_tool(path):
    sys.path.insert(0, str(path.parent))
    sys.path.insert(0, str(path.parent.parent / "py"))
    spec = importlib.util.spec_from_file_location("mpy_tool", path)
    tool = importlib.util.module_from_spec(spec)
    # Seventeen digits tell any two doubles apart.
    exec(compile(path.read_text().replace("%.16g", "%.17g"), path, "exec"), tool.__dict__)
    return tool


def install(tool):
    """Have `tool` write interned strings by number."""
    read_raw_code = tool.read_raw_code
    tool.read_raw_code = lambda reader, parent, qstrs, *rest: read_raw_code(
        reader, parent, qstrs if isinstance(qstrs, Table) else Table(qstrs), *rest)

    def write_bytes(data):
        if data:
            print("    %s," % ",".join(map(str, data)))

    def freeze_code(self):
        code = self.fun_data
        print(f"static const byte fun_data_{self.escaped_name}[{len(code)}] = {{")
        write_bytes(code[:self.offset_source_info])
        for name in self.names:
            print(f"    Q3({self.qstr_table[name].qstr_id}),")
        if self.offset_line_info - self.offset_source_info != 3 * len(self.names):
            raise SystemExit(f"freeze: {self.escaped_name}: names do not have three bytes each")
        start = self.offset_line_info
        ip = self.offset_opcodes
        while ip < len(code):
            form, size, arg, _ = tool.mp_opcode_decode(code, ip)
            if form == tool.MP_BC_FORMAT_QSTR:
                if size != 4:
                    raise SystemExit(f"freeze: {self.escaped_name}: an operand does not have three bytes")
                write_bytes(code[start:ip + 1])
                print(f"    Q3({self.qstr_table[arg].qstr_id}),")
                start = ip + 4
            ip += size
        write_bytes(code[start:])
        print("};")
        self.freeze_children()
        self.freeze_raw_code()

    def freeze_module(self, _):
        self.raw_code.freeze()
        qstrs, self.qstr_table = self.qstr_table, []
        self.freeze_constants()
        self.qstr_table = qstrs
        name = self.escaped_name
        objects = f"(mp_obj_t *)&const_obj_table_data_{name}" if self.obj_table else "NULL"
        print(f"static const mp_frozen_module_t frozen_module_{name} = {{")
        print(f"    .constants = {{ .source_file = {self.source_file.qstr_id}, .obj_table = {objects} }},")
        print(f"    .proto_fun = &proto_fun_{self.raw_code.escaped_name},")
        print("};")
    tool.RawCodeBytecode.freeze = freeze_code
    tool.CompiledModule.freeze = freeze_module


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", type=pathlib.Path, required=True, help="upstream's mpy-tool.py")
    parser.add_argument("--qstrs", type=pathlib.Path, required=True, help="preprocessed definitions of interned strings")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    tool = load_tool(args.tool)
    install(tool)
    print(HEADER)
    tool.main(["-f", "-q", str(args.qstrs), "-mlongint-impl=mpz", "-mmpz-dig-size=32", *args.files])


if __name__ == "__main__":
    main()
