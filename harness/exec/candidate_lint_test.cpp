#include "harness/exec/candidate_lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

TEST(MayImport, WhatProgramsNeed) {
  for (const char* symbol : {"memcpy",
                             "malloc",
                             "free",
                             "sqrt",
                             "sqrtf",
                             "pow",
                             "sincosf",
                             "tgamma",
                             "cexp",
                             "printf",
                             "__printf_chk",
                             "puts",
                             "rand",
                             "__cxa_throw",
                             "__gxx_personality_v0",
                             "_Unwind_Resume",
                             "__stack_chk_fail",
                             "__gmon_start__",
                             "__muldc3",
                             "pthread_mutex_lock",
                             "pthread_once",
                             "__libc_single_threaded",
                             "_ITM_registerTMCloneTable",
                             "strlen",
                             "_Znwm",
                             "_ZdlPv",
                             "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_createERmm",
                             "_ZN2at4_ops6matmul4callERKNS_6TensorES4_",
                             "_ZTIN3c105ErrorE",
                             "_ZN5torch3jit7compileERKSsS2_",
                             "_ZSt4cout",
                             "_ZTVN10__cxxabiv120__si_class_type_infoE"}) {
    EXPECT_TRUE(may_import(symbol, {})) << symbol;
  }
}

TEST(MayImport, NothingThatReachesOutOfTheProgram) {
  for (const char* symbol : {"fork",
                             "vfork",
                             "clone",
                             "execve",
                             "ptrace",
                             "kill",
                             "dlsym",
                             "dlopen",
                             "syscall",
                             "_exit",
                             "exit",
                             "quick_exit",
                             "open",
                             "openat",
                             "read",
                             "write",
                             "close",
                             "socket",
                             "connect",
                             "mmap",
                             "mprotect",
                             "sched_setaffinity",
                             "nanosleep",
                             "clock_gettime",
                             "clock",
                             "time",
                             "getenv",
                             "signal",
                             "sigaction",
                             "prctl",
                             "system",
                             "popen",
                             "fopen",
                             "creat",
                             "memfd_create",
                             "process_vm_readv",
                             "environ",
                             "unlink",
                             "raise",
                             "setrlimit",
                             "pthread_kill",
                             "atexit",
                             "gettid",
                             "_ZN2at14RecordFunctionC1ENS_11RecordScopeE",
                             "_ZN2at17addGlobalCallbackENS_22RecordFunctionCallbackE",
                             "_ZN2at14DynamicLibraryC1EPKcS2_",
                             "_ZNSt13basic_filebufIcSt11char_traitsIcEE4openEPKcSt13_Ios_Openmode",
                             "_ZNSt14basic_ofstreamIcSt11char_traitsIcEEC1Ev",
                             "_ZNSt10filesystem4pathC1Ev",
                             "_Z9somethingv"}) {
    EXPECT_FALSE(may_import(symbol, {})) << symbol;
  }
}

TEST(MayImport, WhatTheCasesOwnProgramsImport) {
  EXPECT_TRUE(may_import("nanosleep", {"nanosleep"}));
}

// Lines as binutils 2.40 prints them.
constexpr const char* kReadelf = R"(
  [24] .init_array       INIT_ARRAY      000000000001e558 01c558 000010 00  WA  0   0  8
  [14] .text             PROGBITS        000000000000df00 00cf00 00a000 00  AX  0   0 16
  [15] .secret           PROGBITS        0000000000017f00 016f00 000010 00  AX  0   0 16
  [16] .rodata           PROGBITS        0000000000017f20 016f20 000010 00   A  0   0 16
  [25] .fini_array       FINI_ARRAY      000000000001e568 01c568 000008 00  WA  0   0  8
000000000001e558  0000000000000008 R_X86_64_RELATIVE                         18310
000000000001e560  0000000000000008 R_X86_64_RELATIVE                         18320
000000000001e568  0000000000000008 R_X86_64_RELATIVE                         18340
000000000001e5f8  0000000500000006 R_X86_64_GLOB_DAT      0000000000000000 fork@GLIBC_2.2.5 + 0
     5: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND fork@GLIBC_2.2.5 (3)
     6: 0000000000000000     0 NOTYPE  WEAK   DEFAULT  UND __gmon_start__
     7: 0000000000000000     0 OBJECT  UNIQUE DEFAULT  UND _ZN3c105thingE
    12: 0000000000018310    12 FUNC    LOCAL  DEFAULT   14 frame_dummy
    13: 0000000000018320    12 FUNC    LOCAL  DEFAULT   14 sneak
    14: 0000000000018340    12 FUNC    LOCAL  DEFAULT   14 __do_global_dtors_aux
)";

TEST(LibraryFacts, AreImportsAndWhatRunsWhenLoaded) {
  const LibraryFacts facts = parse_library_facts(kReadelf, false);
  EXPECT_THAT(facts.imports, ElementsAre("_ZN3c105thingE", "__gmon_start__", "fork"));
  EXPECT_THAT(facts.initialisers, UnorderedElementsAre("frame_dummy", "sneak"));
  EXPECT_THAT(facts.odd_code, ElementsAre(".secret"));
}

TEST(LintCandidate, NamesTheFirstThingThatNoProgramNeeds) {
  LibraryFacts facts = parse_library_facts(kReadelf, false);
  EXPECT_THAT(lint_candidate(facts, {})->evidence, HasSubstr("uses fork"));
  facts.imports.erase("fork");
  EXPECT_THAT(lint_candidate(facts, {})->evidence, HasSubstr("runs sneak when it is loaded"));
  facts.initialisers = {"frame_dummy", "_GLOBAL__sub_I_hybrid.cpp", "__cxx_global_var_init.3"};
  EXPECT_THAT(lint_candidate(facts, {})->evidence, HasSubstr("code in the section .secret"));
  facts.odd_code.clear();
  EXPECT_FALSE(lint_candidate(facts, {}));
  facts.system_calls = true;
  EXPECT_EQ(lint_candidate(facts, {})->status, EvaluationStatus::rejected);
}

TEST(LintCandidate, AnUnknownInitialiserIsRejected) {
  LibraryFacts facts;
  facts.initialisers = {"?"};
  EXPECT_EQ(lint_candidate(facts, {})->status, EvaluationStatus::rejected);
}

}  // namespace
}  // namespace hybugs
