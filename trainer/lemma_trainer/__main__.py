"""python3 -m lemma_trainer CONFIG.json [--stage N]          train one stage (one process of WORLD_SIZE)
python3 -m lemma_trainer check CONFIG.json ROWS.jsonl [STEP]   exact-trace check of a checkpoint
python3 -m lemma_trainer capabilities [--torchrun]             what this PyTorch can do; with the flag torchrun is tried

Prints JSON lines only (the check: text with --text). Exit 0: done; 3: stopped by a signal, checkpoint written; 1: error.
"""

import json
import sys
import traceback

from .config import Check, ConfigError, load_config
from .metrics import emit
from .process import STOPPED


def main(arguments):
    try:
        if arguments[:1] == ["check"]:
            return check(arguments[1:])
        if arguments[:1] == ["capabilities"]:
            from .plans import capabilities

            print(json.dumps(capabilities("--torchrun" in arguments)))
            return 0
        from .train import train_stage

        stage = int(arguments[arguments.index("--stage") + 1]) if "--stage" in arguments else 0
        config, run = load_config(arguments[0]), train_stage
        if config.stages[stage].kind == "grpo":
            from .rl.server import serve as run
        return 0 if run(config, stage) == "done" else STOPPED
    except (ConfigError, OSError, RuntimeError, ValueError) as error:
        emit("error", {"message": str(error), "kind": type(error).__name__})
        traceback.print_exc()
        return 1


def check(arguments):
    import torch

    from . import checkpoint, models
    from .trace_check import check_rows, load_rows, report

    as_text = "--text" in arguments
    arguments = [a for a in arguments if a != "--text"]
    torch.set_num_threads(1)
    config = load_config(arguments[0])
    found = checkpoint.steps(config.folder)
    step = int(arguments[2]) if len(arguments) > 2 else found[-1]
    model = models.build(config.model, getattr(torch, config.dtype))
    model.from_hf(checkpoint.load(config.folder, step)[0])
    result = check_rows(model, load_rows(Check(rows=arguments[1])), config.tokenizer)
    print(report(result) if as_text else json.dumps({"step": step, **result}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
