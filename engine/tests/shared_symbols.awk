# Reads `nm -A` of the library: a kernel object must define no symbol that the linker may take for other objects' copy of the same inline
# function (weak, W or V, or unique, u), or code with its instructions runs on CPUs without them.

{
  name = $1
  sub(/:[0-9a-f]*$/, "", name)
  sub(/^.*:/, "", name)
  kernel = name ~ /^(avx2|avxvnni|avx512bf16|avx512|amx|neon)_/
  if (kernel) seen++
  if (kernel && $(NF - 1) ~ /^[WVu]$/) { print name ": shared symbol " $NF; bad = 1 }
}

END {
  if (seen == 0) { print "no kernel objects"; bad = 1 }
  exit bad
}
