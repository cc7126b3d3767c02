# Reads `objdump -d` of the library: which instructions an object may hold follows from its name. Generic objects run on every x86-64
# CPU, so theirs are SSE2 at most; a kernel object has those of its set. Each set must also show its own, or the check sees nothing.

function complain(what) {
  if (++complaints[member] <= 3) print member ": " what ": " $0
  bad = 1
}

/file format/ {
  member = $1
  sub(/:$/, "", member)
  set = "generic"
  if (match(member, /^(avx2|avxvnni|avx512bf16|avx512|amx)_/)) set = substr(member, 1, RLENGTH - 1)
  sets[set] = 1
  next
}

/^ +[0-9a-f]+:\t/ {
  count[set]++
  name = $2 ~ /^[{]/ ? $3 : $2  # a prefix such as {vex}
  wide = /%zmm|%k[0-7]|%[xy]mm(1[6-9]|2[0-9]|3[01])/
  if (set == "generic") {
    if (name ~ /^v/ || /%[yz]mm|%tmm/) complain("AVX in a generic object")
    if (name ~ /^(andn|bextr|bls(i|r|msk)|bzhi|mulx|pdep|pext|rorx|sarx|shlx|shrx|lzcnt|popcnt|crc32)[lqw]?$/) complain("BMI in a generic object")
    if (name ~ /^(pshufb|pmaddubsw|pmovsx|pmovzx|pmulld|pminsd|pmaxsd|blendv|pblend|ptest|round[ps][sd]|dpps|insertps|pinsr[bdq]|pextr[bdq])/)
      complain("SSSE3 or SSE4 in a generic object")
  } else if (set == "avx2" || set == "avxvnni") {
    if (wide || /%tmm/) complain("AVX-512 in an AVX2 object")
    if (set == "avx2" && name ~ /^vpdp/) complain("VNNI in an AVX2 object")
  } else if (set == "avx512") {
    if (name ~ /^(vdpbf16ps|vcvtne)/ || /%tmm/) complain("more than AVX-512 VNNI")
  } else if (set == "avx512bf16" && /%tmm/) complain("AMX in an object without it")
  if (set == "avx2" && /%ymm/) shown["avx2"]++
  if (set == "avxvnni" && name == "vpdpbusd") shown["avxvnni"]++
  if (set == "avx512" && /%zmm/) shown["avx512"]++
  if (set == "avx512bf16" && name == "vdpbf16ps") shown["avx512bf16"]++
  if (set == "amx" && name == "tdpbsud") shown["amx"]++
  if (set == "generic") shown["generic"]++
}

END {
  for (set in sets) if (shown[set] == 0) { print set ": none of its own instructions found"; bad = 1 }
  if (shown["generic"] < 10000 || shown["avx2"] == 0 || shown["avx512"] == 0) { print "the disassembly is not what was expected"; bad = 1 }
  for (set in count) print set ": " count[set] " instructions, " shown[set] " of its own kind"
  exit bad
}
