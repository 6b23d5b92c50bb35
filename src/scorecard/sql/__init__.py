"""The words definitions may use, the subset of SQL they may write, and the engines that run them."""
