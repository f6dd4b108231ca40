"""EZKL proves a batch of posts' scores under a model of the shape that bench-prove proves.

ezkl.py DIR POSTS INPUTS HIDDEN private|hashed
Prints one JSON object on its last line. Features are public, weights private (or
hashed, which binds the model) and scores private, as in a run proof. That the order
follows from the scores is not proved: EZKL has that for nothing. The SRS is made
here, which takes no trust in a benchmark.
"""
import json
import os
import resource
import sys
import time

import ezkl
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

where, batch, inputs, hidden, params = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
os.makedirs(where, exist_ok=True)
r = np.random.default_rng(1)

def at(name):
    return os.path.join(where, name)


def integers(shape, low, high, scale):
    return (r.integers(low, high, shape) / scale).astype(np.float32)

init = {"w1": integers((inputs, hidden), -128, 128, 128), "b1": integers((hidden,), -1000, 1000, 1024),
        "w2": integers((hidden, 1), -128, 128, 128), "b2": integers((1,), -1000, 1000, 1024)}
graph = helper.make_graph(
    [helper.make_node("Gemm", ["x", "w1", "b1"], ["z"]), helper.make_node("Relu", ["z"], ["a"]),
     helper.make_node("Gemm", ["a", "w2", "b2"], ["s"])], "ranker",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [batch, inputs])],
    [helper.make_tensor_value_info("s", TensorProto.FLOAT, [batch, 1])],
    [numpy_helper.from_array(v, k) for k, v in init.items()])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), at("m.onnx"))
json.dump({"input_data": [integers((batch, inputs), -128, 128, 128).ravel().tolist()]}, open(at("in.json"), "w"))

args = ezkl.PyRunArgs()
args.input_visibility, args.output_visibility, args.param_visibility = "public", "private", params
args.input_scale = args.param_scale = 7
seconds, cpu = {}, {}

def timed(name, f):
    began, worked = time.time(), time.process_time()
    ok = f()
    seconds[name], cpu[name] = time.time() - began, time.process_time() - worked
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {seconds[name]:.1f} s, {cpu[name]:.1f} s of CPU, {rss} MiB at most so far", file=sys.stderr, flush=True)
    assert ok is not False, name

timed("settings", lambda: ezkl.gen_settings(at("m.onnx"), at("s.json"), py_run_args=args))
timed("calibrate", lambda: ezkl.calibrate_settings(at("in.json"), at("m.onnx"), at("s.json"), "resources", scales=[7], lookup_safety_margin=2))
timed("compile", lambda: ezkl.compile_circuit(at("m.onnx"), at("m.c"), at("s.json")))
rows = json.load(open(at("s.json")))["run_args"]["logrows"]
timed("srs", lambda: ezkl.gen_srs(at("srs"), rows))
timed("setup", lambda: ezkl.setup(at("m.c"), at("vk"), at("pk"), srs_path=at("srs"), disable_selector_compression=False))
timed("witness", lambda: ezkl.gen_witness(at("in.json"), at("m.c"), at("w.json")))
timed("prove", lambda: ezkl.prove(at("w.json"), at("m.c"), at("pk"), at("proof.json"), srs_path=at("srs")))
timed("verify", lambda: ezkl.verify(at("proof.json"), at("s.json"), at("vk"), srs_path=at("srs")))
print(json.dumps({"batch": batch, "params": params, "logrows": rows, "seconds": seconds, "cpu_seconds": cpu,
    "rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    "proof_bytes": len(json.load(open(at("proof.json")))["proof"])}))
