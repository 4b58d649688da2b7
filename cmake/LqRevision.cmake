# Writes lq_revision.h, only when the revision has changed. Run at build time:
#   cmake -DSOURCE=dir -DHEADER=file -P LqRevision.cmake
set(revision "")
find_program(GIT git)
if(GIT AND EXISTS ${SOURCE}/.git)
  # Refused (another owner, a damaged repository): the revision is simply not known.
  execute_process(
    COMMAND ${GIT} --no-optional-locks describe --always --dirty --abbrev=12 --exclude=*
    WORKING_DIRECTORY ${SOURCE} OUTPUT_VARIABLE revision ERROR_QUIET
    OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
set(text "#define LQ_REVISION \"${revision}\"\n")
set(before "")
if(EXISTS ${HEADER})
  file(READ ${HEADER} before)
endif()
if(NOT text STREQUAL before)
  file(WRITE ${HEADER} "${text}")
endif()
