"""Runs Jupyter's own kernel test suite against the installed C# kernel. Usage: conformance.py KERNEL_NAME"""

import sys
import unittest

import jupyter_kernel_test


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = sys.argv.pop(1)
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oops");'
    completion_samples = [
        {"text": "Console.ReadL", "matches": {"ReadLine"}},
        {"text": "Math.Cb", "matches": {"Cbrt"}},
    ]
    complete_code_samples = ["1 + 2", "var x = 1;", "int F(int n) { return n; }", "// nothing", ""]
    incomplete_code_samples = ["int F(int n) {", "var x = new[] { 1,", "if (true)", 'var text = """\nopen']
    invalid_code_samples = ["int = 3;", "class { }"]
    code_generate_error = 'throw new InvalidOperationException("stop");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"text"', "result": "text"},
        {"code": "6 * 7", "result": "42"},
        {"code": "6 * 7 * 1", "result": "42"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": "display(1);", "mime": "text/plain"},
    ]
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Console.WriteLine"
    code_clear_output = "clear();"


if __name__ == "__main__":
    unittest.main(verbosity=2)
