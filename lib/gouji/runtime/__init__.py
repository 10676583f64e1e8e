"""Plumbing that knows nothing of accounts: of this project it imports only `gouji.errors` and `warmkernel`.

Files: `atomic` (whole or as before), `exchange`, `text_file`, `archive` and `repacked` (the same bytes for the same
content). Processes: `workers` and `own_process` (watched), `bounded` and `limits` (time, memory, sizes), `interrupted`.
Data: `yaml_data`, `word_lists`, `strict` and `immutable` (kinds of classes). Text: `visible`, `width`. What a run was
made with: `versions`, `code_hash`, `executed` (notebooks).
"""
