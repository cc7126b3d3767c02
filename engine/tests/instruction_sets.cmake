# Disassembles the library and lets instruction_sets.awk judge each object. Needs OBJDUMP, NM and LIBRARY.
execute_process(
  COMMAND ${NM} -A ${LIBRARY}
  COMMAND awk -f ${CMAKE_CURRENT_LIST_DIR}/shared_symbols.awk
  RESULT_VARIABLE symbols OUTPUT_VARIABLE found)
execute_process(
  COMMAND ${OBJDUMP} -d --no-show-raw-insn ${LIBRARY}
  COMMAND awk -f ${CMAKE_CURRENT_LIST_DIR}/instruction_sets.awk
  RESULTS_VARIABLE results OUTPUT_VARIABLE judged)
message("${found}${judged}")
if(NOT symbols EQUAL 0 OR NOT results STREQUAL "0;0")
  message(FATAL_ERROR "an object holds instructions that it must not have")
endif()
