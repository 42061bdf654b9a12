"""保存庫: every year kept whole; files and manifests are the truth, the index is made from them."""
