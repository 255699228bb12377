"""Runs Jupyter's own kernel test suite against the installed C# kernel. Usage: conformance.py KERNEL_NAME"""

import os
import sys
import unittest

import jupyter_kernel_test
from jupyter_client.manager import start_new_kernel
from jupyter_client.utils import run_sync

LAST_RESORT = int(os.environ["LAST_RESORT"])  # seconds


def patient(receive):
    """Receives a message whenever it comes: the suite's own limits, tenths of a second, are for an idle machine."""
    return lambda timeout=None: receive(timeout=LAST_RESORT)


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

    @classmethod
    def setUpClass(cls):
        cls.km, cls.kc = start_new_kernel(kernel_name=cls.kernel_name, startup_timeout=LAST_RESORT)
        for channel in (cls.kc.shell_channel, cls.kc.iopub_channel):
            channel.get_msg = patient(channel.get_msg)

    def flush_channels(self):
        """Reads what is left of earlier requests: all of it comes before what one more request leads to."""
        request = self.kc.kernel_info()
        for channel, last in ((self.kc.shell_channel, "kernel_info_reply"), (self.kc.iopub_channel, "idle")):
            state = parent = None
            while parent != request or state != last:
                message = run_sync(channel.get_msg)()
                jupyter_kernel_test.validate_message(message)
                parent = message["parent_header"].get("msg_id")
                state = message["content"].get("execution_state", message["msg_type"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
