package dev.spanwise.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownCodeLawTest {

  @TempDir Path planted;

  @Test
  void theJavaOfPagesIsCompiledAndTested() throws IOException {
    Path root = Repository.root();
    assertThat(ShownCode.violations(root, Repository.documents(root), Repository.javaSources(root)))
        .isEmpty();
  }

  @Test
  void codeIsShownWithoutTheIndentationOfItsMarks() throws IOException {
    plant(
        "Example.java",
        "class Example {",
        "  // README",
        "  void a() {",
        "    b();",
        "  }",
        "",
        "  // README",
        "}");
    plant("README.md", "# A", "```java", "void a() {", "  b();", "}", "```");

    assertThat(violations()).isEmpty();
  }

  @Test
  void aBlockMayJoinPartsOfOneSourceThatFollowOneAnother() throws IOException {
    plant("Example.java", "// README", "a", "// README", "hidden", "// README", "b", "// README");
    plant("README.md", "```java", "a", "", "b", "```");

    assertThat(violations()).isEmpty();
  }

  @Test
  void aBlockThatDiffersIsFoundAndSoIsTheCodeThatItNoLongerShows() throws IOException {
    plant("module/src/test/java/Example.java", "{", "  // README", "  a();", "  // README", "}");
    plant("module/README.md", "# A", "", "```java", "b();", "```");

    assertThat(violations())
        .containsExactly(
            "module/README.md:3: is no marked code of a source",
            "module/src/test/java/Example.java:2: is shown by no page");
  }

  @Test
  void aMarkWithoutItsFellowIsRefused() throws IOException {
    plant("Example.java", "// README", "a", "// README", "// README");

    assertThatThrownBy(this::violations)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Example.java:4: is not closed");
  }

  private List<String> violations() throws IOException {
    return ShownCode.violations(
        planted, Repository.documents(planted), Repository.javaSources(planted));
  }

  private void plant(String file, String... lines) throws IOException {
    Path path = planted.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }
}
