package dev.rollcall.linux;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.disk.Disk;
import dev.rollcall.port.Starter.UnusableRecipeException;
import dev.rollcall.port.Us;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Recipes on disk, one a configuration: after a crash of Rollcall, of supervisord or of the host there is nothing left
 * to observe. How a supervisord is started outlives a boot, so a recipe of another boot is as good as one of this.
 */
final class KeptRecipes {
    private final Path folder;

    KeptRecipes(Path folder) {
        this.folder = folder;
    }

    /** Whole or not at all, and on the disk when it returns. */
    void keep(String conf, StartRecipe recipe) {
        try {
            Disk.makeFolder(folder);
            Disk.replace(file(conf), RecipeJson.write(recipe), Disk.OWNER_FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(sentence("keep", conf, e, "make its folder writable or free some space"), e);
        }
    }

    Optional<StartRecipe> of(String conf) throws UnusableRecipeException {
        Path file = file(conf);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            refuseIfOthersWrite(file);
            return Optional.of(RecipeJson.read(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UnusableRecipeException(
                    sentence("read", conf, e, "remove it, and start supervisord by hand once"));
        }
    }

    /** What stands in there is executed, perhaps as root. Who may read it harms no start, and the next run makes it ours alone again. */
    private static void refuseIfOthersWrite(Path file) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("others may write it");
        }
        long owner = Integer.toUnsignedLong((int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        if (owner != 0 && !Us.are(owner)) {
            throw new IOException("it belongs to uid " + owner);
        }
    }

    private Path file(String conf) {
        return folder.resolve(sha256(conf) + ".json");
    }

    private String sentence(String verb, String conf, IOException e, String remedy) {
        return "tried to " + verb + " the recipe of " + conf + " in " + file(conf) + " but " + e.getMessage() + "; "
                + remedy;
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
