# What `cmake --install` puts where: the command, the static library with its headers, a CMake
# package (liquidus::lq), a pkg-config file, the data packs and the example configs.
include(CMakePackageConfigHelpers)

set(LQ_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/liquidus)

install(TARGETS lq lq_interface EXPORT liquidus-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS liquidus_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/liquidus TYPE INCLUDE FILES_MATCHING PATTERN "*.h")
install(DIRECTORY configs/data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/liquidus/data)
install(DIRECTORY configs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/liquidus/configs
        PATTERN "data" EXCLUDE)
install(FILES README.md CHANGELOG.md LICENSE src/rng/joe_kuo.LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

install(EXPORT liquidus-targets NAMESPACE liquidus:: DESTINATION ${LQ_CMAKE_DIR})
configure_package_config_file(cmake/liquidus-config.cmake.in
                              ${CMAKE_CURRENT_BINARY_DIR}/liquidus-config.cmake
                              INSTALL_DESTINATION ${LQ_CMAKE_DIR})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/liquidus-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/liquidus-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/liquidus-config-version.cmake
        DESTINATION ${LQ_CMAKE_DIR})

# Debian calls the serial HDF5 hdf5-serial; elsewhere it is hdf5.
pkg_search_module(LQ_HDF5_PC QUIET hdf5-serial hdf5)
set(LQ_PC_HDF5 ${LQ_HDF5_PC_MODULE_NAME})
# A prefix found from the file's own place: the installed tree may be moved as a whole.
file(RELATIVE_PATH LQ_PC_PREFIX /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
configure_file(cmake/liquidus.pc.in liquidus.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/liquidus.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
