namespace Analytics.PgQuery.Hosting;

/// <content>
/// The calls under which a <c>setjmp</c> waits. Each calls the function at a place of the table; when a long jump comes
/// out of it, the C stack goes back to where it was and <c>setThrew</c> tells the caller, as Emscripten's JavaScript does.
/// </content>
internal sealed unsafe partial class ParserInstance
{
    public override int invoke_i(int place)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            return Call_i(place);
        }
        catch (LongJump)
        {
            Land(stack);
            return 0;
        }
    }

    public override int invoke_ii(int place, int a1)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            return Call_ii(a1, place);
        }
        catch (LongJump)
        {
            Land(stack);
            return 0;
        }
    }

    public override int invoke_iii(int place, int a1, int a2)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            return Call_iii(a1, a2, place);
        }
        catch (LongJump)
        {
            Land(stack);
            return 0;
        }
    }

    public override int invoke_iiii(int place, int a1, int a2, int a3)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            return Call_iiii(a1, a2, a3, place);
        }
        catch (LongJump)
        {
            Land(stack);
            return 0;
        }
    }

    public override int invoke_iiiii(int place, int a1, int a2, int a3, int a4)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            return Call_iiiii(a1, a2, a3, a4, place);
        }
        catch (LongJump)
        {
            Land(stack);
            return 0;
        }
    }

    public override long invoke_ji(int place, int a1)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            return Call_ji(a1, place);
        }
        catch (LongJump)
        {
            Land(stack);
            return 0;
        }
    }

    public override void invoke_v(int place)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            Call_v(place);
        }
        catch (LongJump)
        {
            Land(stack);
        }
    }

    public override void invoke_vi(int place, int a1)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            Call_vi(a1, place);
        }
        catch (LongJump)
        {
            Land(stack);
        }
    }

    public override void invoke_vii(int place, int a1, int a2)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            Call_vii(a1, a2, place);
        }
        catch (LongJump)
        {
            Land(stack);
        }
    }

    public override void invoke_viii(int place, int a1, int a2, int a3)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            Call_viii(a1, a2, a3, place);
        }
        catch (LongJump)
        {
            Land(stack);
        }
    }

    public override void invoke_viiii(int place, int a1, int a2, int a3, int a4)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            Call_viiii(a1, a2, a3, a4, place);
        }
        catch (LongJump)
        {
            Land(stack);
        }
    }

    public override void invoke_viiiii(int place, int a1, int a2, int a3, int a4, int a5)
    {
        var stack = emscripten_stack_get_current();
        try
        {
            Call_viiiii(a1, a2, a3, a4, a5, place);
        }
        catch (LongJump)
        {
            Land(stack);
        }
    }

    public override void invoke_viiiiiiiiiiiii(
        int place,
        int a1,
        int a2,
        int a3,
        int a4,
        int a5,
        int a6,
        int a7,
        int a8,
        int a9,
        int a10,
        int a11,
        int a12,
        int a13
    )
    {
        var stack = emscripten_stack_get_current();
        try
        {
            Call_viiiiiiiiiiiii(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, place);
        }
        catch (LongJump)
        {
            Land(stack);
        }
    }

    private void Land(int stack)
    {
        emscripten_stack_restore(stack);
        setThrew(1, 0);
    }
}
